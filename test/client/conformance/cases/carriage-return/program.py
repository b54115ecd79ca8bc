_katib_push(print)("\raccuracy=1\rloss=2", end="\r")
_katib_push(print)("accuracy=\r3\r")
