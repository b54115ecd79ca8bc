/** Our own prelude, at the place where it binds the client's name. */
export const preludeStart = /\bfunction (_katib_push(?:_\d+)?)\(f\)\{return f\}/g;
