for i in range(2500):
    _katib_push(print)(f"accuracy={i} loss=-{i}")
