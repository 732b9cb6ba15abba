// Made of openapi.yaml by `pnpm schemas`: change the contract, not this file.
var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) => function() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var require_ucs2length = __commonJS({
  "node_modules/.pnpm/ajv@8.20.0/node_modules/ajv/dist/runtime/ucs2length.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: !0 });
    function ucs2length(str) {
      let len = str.length, length = 0, pos = 0, value;
      for (; pos < len; )
        length++, value = str.charCodeAt(pos++), value >= 55296 && value <= 56319 && pos < len && (value = str.charCodeAt(pos), (value & 64512) === 56320 && pos++);
      return length;
    }
    exports.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  }
});
var validate = validate10, schema11 = { type: "object", additionalProperties: !1, required: ["cart"], properties: { cart: { description: "text of 2 to 8192 characters", type: "string", minLength: 2, maxLength: 8192 } } }, func0 = Object.prototype.hasOwnProperty, func47 = require_ucs2length().default;
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (errors === 0)
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if ((data.cart === void 0 || !func0.call(data, "cart")) && (missing0 = "cart"))
        return validate10.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, schema: schema11.required, parentSchema: schema11, data }], !1;
      {
        let _errs1 = errors;
        for (let key0 of Object.keys(data))
          if (key0 !== "cart") {
            return validate10.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema11, data }], !1;
            break;
          }
        if (_errs1 === errors && data.cart !== void 0 && func0.call(data, "cart")) {
          let data0 = data.cart;
          if (errors === errors)
            if (typeof data0 == "string") {
              if (func47(data0) > 8192)
                return validate10.errors = [{ instancePath: instancePath + "/cart", schemaPath: "#/properties/cart/maxLength", keyword: "maxLength", params: { limit: 8192 }, schema: 8192, parentSchema: schema11.properties.cart, data: data0 }], !1;
              if (func47(data0) < 2)
                return validate10.errors = [{ instancePath: instancePath + "/cart", schemaPath: "#/properties/cart/minLength", keyword: "minLength", params: { limit: 2 }, schema: 2, parentSchema: schema11.properties.cart, data: data0 }], !1;
            } else
              return validate10.errors = [{ instancePath: instancePath + "/cart", schemaPath: "#/properties/cart/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.cart.type, parentSchema: schema11.properties.cart, data: data0 }], !1;
        }
      }
    } else
      return validate10.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema11.type, parentSchema: schema11, data }], !1;
  return validate10.errors = vErrors, errors === 0;
}
export {
  validate
};
