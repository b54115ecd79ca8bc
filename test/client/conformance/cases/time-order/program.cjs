for (let i = 0; i < 300; i++) _katib_push([console.log, console.error][i % 2])('loss=' + i);
