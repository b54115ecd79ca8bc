for (let i = 0; i < 90000; i++) _katib_push(console).log('loss=' + i);
