/** The version of this package, written into the annotation `katib-push.io/version`. */
export const version = '0.1.0';
