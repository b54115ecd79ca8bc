print("x")
_katib_push(print)("accuracy=0.25", end="")
