_katib_push(console).log('loss=1 loss=2');
