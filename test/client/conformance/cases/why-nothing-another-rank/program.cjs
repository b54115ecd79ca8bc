_katib_push(console).log('loss=1');
