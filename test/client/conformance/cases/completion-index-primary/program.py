_katib_push(print)("accuracy=1")
