_katib_push(print)("\u0442\u043e\u0447\u043d\u043e\u0441\u0442\u044c: 0.5 \U0001f3af: \U0001f600 \U0001f3af: 7")
