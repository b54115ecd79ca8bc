_katib_push(print)("accuracy: 0.5, loss: none, loss=0.1 \u00a0, accuracy=7 loss= \u00a0")
