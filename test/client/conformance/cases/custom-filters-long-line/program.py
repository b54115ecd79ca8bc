_katib_push(print)("." * 5000 + "\raccuracy: 3\r" + "loss: 0.4" + "\U0001f600" * 5000)
