for (let i = 0; i < 1500; i++) _katib_push(console).log('accuracy=' + i);
for (let i = 0; i < 20; i++) _katib_push(console).log('loss=' + (i % 10) + '.' + '7'.repeat(60000));
