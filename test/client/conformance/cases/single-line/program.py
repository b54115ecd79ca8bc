_katib_push(print)("epoch 1: accuracy=0.5")
