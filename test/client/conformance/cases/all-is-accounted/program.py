for i in range(90000): _katib_push(print)("loss=%d" % i)
