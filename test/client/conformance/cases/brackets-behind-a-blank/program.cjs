_katib_push(console).log('loss= [0.25] loss=0.5');
