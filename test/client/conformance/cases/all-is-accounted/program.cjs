for (let i = 0; i < 120000; i++) _katib_push(console).log('loss=' + i);
