_katib_push(print)("loss=1 loss=2")
