_katib_push(console).log('val-loss=1 loss=2 loss|x=3 xloss=4');
