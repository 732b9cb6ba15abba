export {
  type ApiOriginArgs,
  type ContentSourcesArgs,
  type DomainArgs,
  type OriginHeaderArgs,
  PriceClass,
  type WebFrontendArgs,
} from "./args.ts";
export { WebFrontend } from "./web-frontend.ts";
