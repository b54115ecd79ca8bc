for i in range(120000): _katib_push(print)("loss=%d" % i)
