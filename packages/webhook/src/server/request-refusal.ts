/** A request that is answered with a status and one line of text. The text quotes nothing of the request. */
export class RequestRefusal extends Error {
  override readonly name = 'RequestRefusal';
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}
