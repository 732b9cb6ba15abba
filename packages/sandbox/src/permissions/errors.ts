/** An error as Verified Permissions answers it: the name in `__type`, the message, and the members that the error has. */
export class ApiError extends Error {
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(name: string, message: string, members: Record<string, unknown> = {}, status = 400) {
    super(message);
    this.name = name;
    this.members = members;
    this.status = status;
  }
}

/** `ValidationException`: also the answer to a token that is not valid. */
export function validation(message: string, path?: string): ApiError {
  return new ApiError("ValidationException", message, { fieldList: path === undefined ? [] : [{ path, message }] });
}

/** `ResourceNotFoundException`. */
export function notFound(resourceType: string, resourceId: string): ApiError {
  return new ApiError("ResourceNotFoundException", `Resource not found: ${resourceId}.`, { resourceId, resourceType });
}
