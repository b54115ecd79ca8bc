_katib_push(console).log('epoch 1: accuracy=0.5')
