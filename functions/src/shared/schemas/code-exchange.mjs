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
var validate = validate10, schema11 = { type: "object", additionalProperties: !1, required: ["code", "codeVerifier"], properties: { code: { description: "text of 1 to 2048 characters", type: "string", minLength: 1, maxLength: 2048 }, codeVerifier: { description: "43 to 128 unreserved characters (RFC 7636)", type: "string", pattern: "^[A-Za-z0-9._~-]{43,128}$" } } }, func0 = Object.prototype.hasOwnProperty, func48 = require_ucs2length().default, pattern0 = new RegExp("^[A-Za-z0-9._~-]{43,128}$", "u");
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (errors === 0)
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if ((data.code === void 0 || !func0.call(data, "code")) && (missing0 = "code") || (data.codeVerifier === void 0 || !func0.call(data, "codeVerifier")) && (missing0 = "codeVerifier"))
        return validate10.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, schema: schema11.required, parentSchema: schema11, data }], !1;
      {
        let _errs1 = errors;
        for (let key0 of Object.keys(data))
          if (!(key0 === "code" || key0 === "codeVerifier")) {
            return validate10.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema11, data }], !1;
            break;
          }
        if (_errs1 === errors) {
          if (data.code !== void 0 && func0.call(data, "code")) {
            let data0 = data.code, _errs2 = errors;
            if (errors === _errs2)
              if (typeof data0 == "string") {
                if (func48(data0) > 2048)
                  return validate10.errors = [{ instancePath: instancePath + "/code", schemaPath: "#/properties/code/maxLength", keyword: "maxLength", params: { limit: 2048 }, schema: 2048, parentSchema: schema11.properties.code, data: data0 }], !1;
                if (func48(data0) < 1)
                  return validate10.errors = [{ instancePath: instancePath + "/code", schemaPath: "#/properties/code/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema11.properties.code, data: data0 }], !1;
              } else
                return validate10.errors = [{ instancePath: instancePath + "/code", schemaPath: "#/properties/code/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.code.type, parentSchema: schema11.properties.code, data: data0 }], !1;
            var valid0 = _errs2 === errors;
          } else
            var valid0 = !0;
          if (valid0)
            if (data.codeVerifier !== void 0 && func0.call(data, "codeVerifier")) {
              let data1 = data.codeVerifier, _errs4 = errors;
              if (errors === _errs4)
                if (typeof data1 == "string") {
                  if (!pattern0.test(data1))
                    return validate10.errors = [{ instancePath: instancePath + "/codeVerifier", schemaPath: "#/properties/codeVerifier/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9._~-]{43,128}$" }, schema: "^[A-Za-z0-9._~-]{43,128}$", parentSchema: schema11.properties.codeVerifier, data: data1 }], !1;
                } else
                  return validate10.errors = [{ instancePath: instancePath + "/codeVerifier", schemaPath: "#/properties/codeVerifier/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.codeVerifier.type, parentSchema: schema11.properties.codeVerifier, data: data1 }], !1;
              var valid0 = _errs4 === errors;
            } else
              var valid0 = !0;
        }
      }
    } else
      return validate10.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema11.type, parentSchema: schema11, data }], !1;
  return validate10.errors = vErrors, errors === 0;
}
export {
  validate
};
