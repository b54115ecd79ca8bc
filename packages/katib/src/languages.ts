// Every language that is known here: one line each, which exports the function that makes it.
export { createJavaScript } from '@katib-push/javascript';
export { createPython } from '@katib-push/python';
export { createR } from '@katib-push/r';
export { createShell } from '@katib-push/shell';
