_katib_push(print)("accuracy=0.5" + " " * 1000000 + "loss" + " " * 1000000 + "=" + " " * 1000000 + "7")
