for (let i = 0; i < 50; i++) _katib_push(console).log('accuracy=0.' + '7'.repeat(60000));
