_katib_push(print)("loss = 1e-3, accuracy=+0.5 x=3", "val_loss=7", "loss=2")
