_katib_push(console).log('accuracy=1');
