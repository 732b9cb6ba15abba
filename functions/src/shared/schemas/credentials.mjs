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
var validate = validate10, schema11 = { type: "object", additionalProperties: !1, required: ["username", "password"], properties: { username: { description: "text of 1 to 128 characters", type: "string", minLength: 1, maxLength: 128 }, password: { description: "text of 1 to 256 characters", type: "string", minLength: 1, maxLength: 256 } } }, func0 = Object.prototype.hasOwnProperty, func48 = require_ucs2length().default;
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (errors === 0)
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if ((data.username === void 0 || !func0.call(data, "username")) && (missing0 = "username") || (data.password === void 0 || !func0.call(data, "password")) && (missing0 = "password"))
        return validate10.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, schema: schema11.required, parentSchema: schema11, data }], !1;
      {
        let _errs1 = errors;
        for (let key0 of Object.keys(data))
          if (!(key0 === "username" || key0 === "password")) {
            return validate10.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema11, data }], !1;
            break;
          }
        if (_errs1 === errors) {
          if (data.username !== void 0 && func0.call(data, "username")) {
            let data0 = data.username, _errs2 = errors;
            if (errors === _errs2)
              if (typeof data0 == "string") {
                if (func48(data0) > 128)
                  return validate10.errors = [{ instancePath: instancePath + "/username", schemaPath: "#/properties/username/maxLength", keyword: "maxLength", params: { limit: 128 }, schema: 128, parentSchema: schema11.properties.username, data: data0 }], !1;
                if (func48(data0) < 1)
                  return validate10.errors = [{ instancePath: instancePath + "/username", schemaPath: "#/properties/username/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema11.properties.username, data: data0 }], !1;
              } else
                return validate10.errors = [{ instancePath: instancePath + "/username", schemaPath: "#/properties/username/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.username.type, parentSchema: schema11.properties.username, data: data0 }], !1;
            var valid0 = _errs2 === errors;
          } else
            var valid0 = !0;
          if (valid0)
            if (data.password !== void 0 && func0.call(data, "password")) {
              let data1 = data.password, _errs4 = errors;
              if (errors === _errs4)
                if (typeof data1 == "string") {
                  if (func48(data1) > 256)
                    return validate10.errors = [{ instancePath: instancePath + "/password", schemaPath: "#/properties/password/maxLength", keyword: "maxLength", params: { limit: 256 }, schema: 256, parentSchema: schema11.properties.password, data: data1 }], !1;
                  if (func48(data1) < 1)
                    return validate10.errors = [{ instancePath: instancePath + "/password", schemaPath: "#/properties/password/minLength", keyword: "minLength", params: { limit: 1 }, schema: 1, parentSchema: schema11.properties.password, data: data1 }], !1;
                } else
                  return validate10.errors = [{ instancePath: instancePath + "/password", schemaPath: "#/properties/password/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.password.type, parentSchema: schema11.properties.password, data: data1 }], !1;
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
