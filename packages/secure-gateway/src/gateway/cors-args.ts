/** Which page of another origin may call the API from a browser, and with what. */
export interface CorsArgs {
  /**
   * The one origin, exactly as a browser sends it: `https://`, the host, and the port where it is not 443. There is no list: an answer
   * of API Gateway's own can name one origin only, and to repeat whatever origin asks is to allow every one.
   */
  origin: string;
  /**
   * True lets the page send cookies. The default is false.
   *
   * @default false
   */
  allowCredentials?: boolean;
  /**
   * Request headers that the page may set besides the few that every page may. The wildcard is refused. The default is those of the
   * document: its header parameters and the headers of its credentials, except `Cookie`, and `Content-Type`.
   */
  allowedHeaders?: string[];
  /** Headers of an answer that the page may read besides the few that every page may. The default is none. */
  exposedHeaders?: string[];
  /**
   * Seconds that a browser keeps the answer to a preflight: a whole number from 0 to 7200, which is the most that browsers keep it.
   * The default is 600.
   *
   * @default 600
   */
  maxAgeSeconds?: number;
}
