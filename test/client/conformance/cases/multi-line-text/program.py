_katib_push(print)("a\naccuracy=1.5\n\nloss=", end="")
_katib_push(print)("2\n\n")
