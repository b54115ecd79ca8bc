_katib_push(console).log('accuracy=1\nloss=2');
