_katib_push(console).log('.'.repeat(5000) + '\raccuracy: 3\r' + 'loss: 0.4' + '\u{1f600}'.repeat(5000));
