_katib_push(console).log('\u0442\u043e\u0447\u043d\u043e\u0441\u0442\u044c: 0.5 \u{1f3af}: \u{1f600} \u{1f3af}: 7');
