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
var validate = validate10, schema11 = { description: "an object with a oneTimeCode or a newPassword", type: "object", additionalProperties: !1, minProperties: 1, maxProperties: 1, properties: { oneTimeCode: { description: "six digits", type: "string", pattern: "^[0-9]{6}$" }, newPassword: { description: "text of 1 to 256 characters", type: "string", minLength: 1, maxLength: 256 } } }, func0 = Object.prototype.hasOwnProperty, func47 = require_ucs2length().default, pattern0 = new RegExp("^[0-9]{6}$", "u");
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (errors === 0)
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (Object.keys(data).length > 1)
        return validate10.errors = [{ instancePath, schemaPath: "#/maxProperties", keyword: "maxProperties", params: { limit: 1 }, schema: 1, parentSchema: schema11, data }], !1;
      if (Object.keys(data).length < 1)
        return validate10.errors = [{ instancePath, schemaPath: "#/minProperties", keyword: "minProperties", params: { limit: 1 }, schema: 1, parentSchema: schema11, data }], !1;
      {
        let _errs1 = errors;
        for (let key0 of Object.keys(data))
          if (!(key0 === "oneTimeCode" || key0 === "newPassword")) {
            return validate10.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema11, data }], !1;
            break;
          }
        if (_errs1 === errors) {
          if (data.oneTimeCode !== void 0 && func0.call(data, "oneTimeCode")) {
            let data0 = data.oneTimeCode, _errs2 = errors;
            if (errors === _errs2)
              if (typeof data0 == "string") {
                if (!pattern0.test(data0))
                  return validate10.errors = [{ instancePath: instancePath + "/oneTimeCode", schemaPath: "#/properties/oneTimeCode/pattern", keyword: "pattern", params: { pattern: "^[0-9]{6}$" }, schema: "^[0-9]{6}$", parentSchema: schema11.properties.oneTimeCode, data: data0 }], !1;
              } else
                return validate10.errors = [{ instancePath: instancePath + "/oneTimeCode", schemaPath: "#/properties/oneTimeCode/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.oneTimeCode.type, parentSchema: schema11.properties.oneTimeCode, data: data0 }], !1;
            var valid0 = _errs2 === errors;
          } else
            var valid0 = !0;
          if (valid0)
            if (data.newPassword !== void 0 && func0.call(data, "newPassword")) {
              let data1 = data.newPassword, _errs4 = errors;
              if (errors === _errs4)
                if (typeof data1 == "string") {
                  if (func47(data1) > 256)
                    return validate10.errors = [{ instancePath: instancePath + "/newPassword", schemaPath: "#/properties/newPassword/maxLength", keyword: "maxLength", params: { limit: 256 }, schema: 256, parentSchema: schema11.properties.newPassword, data: data1 }], !1;
                  if (func47(data1) < 1)
                    return validate10.errors = [{ instancePath: instancePath + "/newPassword", schemaPath: "#/properties/newPassword/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema11.properties.newPassword, data: data1 }], !1;
                } else
                  return validate10.errors = [{ instancePath: instancePath + "/newPassword", schemaPath: "#/properties/newPassword/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.newPassword.type, parentSchema: schema11.properties.newPassword, data: data1 }], !1;
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
