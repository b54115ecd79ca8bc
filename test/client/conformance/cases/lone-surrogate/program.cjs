_katib_push(console).log('accuracy=0.5 \ud800 loss=1');
