_katib_push(print)("accuracy=1")
raise ValueError("no")
