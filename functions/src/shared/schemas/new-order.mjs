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
var validate = validate10, schema11 = { title: "The order", type: "object", additionalProperties: !1, required: ["lines"], properties: { lines: { description: "a list of 1 to 50 order lines", type: "array", minItems: 1, maxItems: 50, items: { type: "object", additionalProperties: !1, required: ["sku", "quantity"], properties: { sku: { description: "1 to 32 capital letters, digits and hyphens", type: "string", pattern: "^[A-Z0-9-]{1,32}$" }, quantity: { description: "a whole number from 1 to 1000", type: "integer", minimum: 1, maximum: 1e3 } } } }, note: { description: "text of at most 500 characters without control characters", type: "string", maxLength: 500, pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$" } } }, func0 = Object.prototype.hasOwnProperty, func52 = require_ucs2length().default, pattern0 = new RegExp("^[A-Z0-9-]{1,32}$", "u"), pattern1 = new RegExp("^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$", "u");
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (errors === 0)
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if ((data.lines === void 0 || !func0.call(data, "lines")) && (missing0 = "lines"))
        return validate10.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, schema: schema11.required, parentSchema: schema11, data }], !1;
      {
        let _errs1 = errors;
        for (let key0 of Object.keys(data))
          if (!(key0 === "lines" || key0 === "note")) {
            return validate10.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema11, data }], !1;
            break;
          }
        if (_errs1 === errors) {
          if (data.lines !== void 0 && func0.call(data, "lines")) {
            let data0 = data.lines, _errs2 = errors;
            if (errors === _errs2)
              if (Array.isArray(data0)) {
                if (data0.length > 50)
                  return validate10.errors = [{ instancePath: instancePath + "/lines", schemaPath: "#/properties/lines/maxItems", keyword: "maxItems", params: { limit: 50 }, schema: 50, parentSchema: schema11.properties.lines, data: data0 }], !1;
                if (data0.length < 1)
                  return validate10.errors = [{ instancePath: instancePath + "/lines", schemaPath: "#/properties/lines/minItems", keyword: "minItems", params: { limit: 1 }, schema: 1, parentSchema: schema11.properties.lines, data: data0 }], !1;
                {
                  var valid1 = !0;
                  let len0 = data0.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    let data1 = data0[i0], _errs4 = errors;
                    if (errors === _errs4)
                      if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
                        let missing1;
                        if ((data1.sku === void 0 || !func0.call(data1, "sku")) && (missing1 = "sku") || (data1.quantity === void 0 || !func0.call(data1, "quantity")) && (missing1 = "quantity"))
                          return validate10.errors = [{ instancePath: instancePath + "/lines/" + i0, schemaPath: "#/properties/lines/items/required", keyword: "required", params: { missingProperty: missing1 }, schema: schema11.properties.lines.items.required, parentSchema: schema11.properties.lines.items, data: data1 }], !1;
                        {
                          let _errs6 = errors;
                          for (let key1 of Object.keys(data1))
                            if (!(key1 === "sku" || key1 === "quantity")) {
                              return validate10.errors = [{ instancePath: instancePath + "/lines/" + i0, schemaPath: "#/properties/lines/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, schema: !1, parentSchema: schema11.properties.lines.items, data: data1 }], !1;
                              break;
                            }
                          if (_errs6 === errors) {
                            if (data1.sku !== void 0 && func0.call(data1, "sku")) {
                              let data2 = data1.sku, _errs7 = errors;
                              if (errors === _errs7)
                                if (typeof data2 == "string") {
                                  if (!pattern0.test(data2))
                                    return validate10.errors = [{ instancePath: instancePath + "/lines/" + i0 + "/sku", schemaPath: "#/properties/lines/items/properties/sku/pattern", keyword: "pattern", params: { pattern: "^[A-Z0-9-]{1,32}$" }, schema: "^[A-Z0-9-]{1,32}$", parentSchema: schema11.properties.lines.items.properties.sku, data: data2 }], !1;
                                } else
                                  return validate10.errors = [{ instancePath: instancePath + "/lines/" + i0 + "/sku", schemaPath: "#/properties/lines/items/properties/sku/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.lines.items.properties.sku.type, parentSchema: schema11.properties.lines.items.properties.sku, data: data2 }], !1;
                              var valid2 = _errs7 === errors;
                            } else
                              var valid2 = !0;
                            if (valid2)
                              if (data1.quantity !== void 0 && func0.call(data1, "quantity")) {
                                let data3 = data1.quantity, _errs9 = errors;
                                if (!(typeof data3 == "number" && !(data3 % 1) && !isNaN(data3) && isFinite(data3)))
                                  return validate10.errors = [{ instancePath: instancePath + "/lines/" + i0 + "/quantity", schemaPath: "#/properties/lines/items/properties/quantity/type", keyword: "type", params: { type: "integer" }, schema: schema11.properties.lines.items.properties.quantity.type, parentSchema: schema11.properties.lines.items.properties.quantity, data: data3 }], !1;
                                if (errors === _errs9 && typeof data3 == "number" && isFinite(data3)) {
                                  if (data3 > 1e3 || isNaN(data3))
                                    return validate10.errors = [{ instancePath: instancePath + "/lines/" + i0 + "/quantity", schemaPath: "#/properties/lines/items/properties/quantity/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 }, schema: 1e3, parentSchema: schema11.properties.lines.items.properties.quantity, data: data3 }], !1;
                                  if (data3 < 1 || isNaN(data3))
                                    return validate10.errors = [{ instancePath: instancePath + "/lines/" + i0 + "/quantity", schemaPath: "#/properties/lines/items/properties/quantity/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, schema: 1, parentSchema: schema11.properties.lines.items.properties.quantity, data: data3 }], !1;
                                }
                                var valid2 = _errs9 === errors;
                              } else
                                var valid2 = !0;
                          }
                        }
                      } else
                        return validate10.errors = [{ instancePath: instancePath + "/lines/" + i0, schemaPath: "#/properties/lines/items/type", keyword: "type", params: { type: "object" }, schema: schema11.properties.lines.items.type, parentSchema: schema11.properties.lines.items, data: data1 }], !1;
                    var valid1 = _errs4 === errors;
                    if (!valid1)
                      break;
                  }
                }
              } else
                return validate10.errors = [{ instancePath: instancePath + "/lines", schemaPath: "#/properties/lines/type", keyword: "type", params: { type: "array" }, schema: schema11.properties.lines.type, parentSchema: schema11.properties.lines, data: data0 }], !1;
            var valid0 = _errs2 === errors;
          } else
            var valid0 = !0;
          if (valid0)
            if (data.note !== void 0 && func0.call(data, "note")) {
              let data4 = data.note, _errs11 = errors;
              if (errors === _errs11)
                if (typeof data4 == "string") {
                  if (func52(data4) > 500)
                    return validate10.errors = [{ instancePath: instancePath + "/note", schemaPath: "#/properties/note/maxLength", keyword: "maxLength", params: { limit: 500 }, schema: 500, parentSchema: schema11.properties.note, data: data4 }], !1;
                  if (!pattern1.test(data4))
                    return validate10.errors = [{ instancePath: instancePath + "/note", schemaPath: "#/properties/note/pattern", keyword: "pattern", params: { pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$" }, schema: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$", parentSchema: schema11.properties.note, data: data4 }], !1;
                } else
                  return validate10.errors = [{ instancePath: instancePath + "/note", schemaPath: "#/properties/note/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.note.type, parentSchema: schema11.properties.note, data: data4 }], !1;
              var valid0 = _errs11 === errors;
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
