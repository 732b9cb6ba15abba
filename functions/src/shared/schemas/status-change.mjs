// Made of openapi.yaml by `pnpm schemas`: change the contract, not this file.
var validate = validate10, schema11 = { type: "object", additionalProperties: !1, required: ["status"], properties: { status: { description: "one of: placed, shipped, cancelled", type: "string", enum: ["placed", "shipped", "cancelled"] } } }, func0 = Object.prototype.hasOwnProperty;
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null, errors = 0;
  if (errors === 0)
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if ((data.status === void 0 || !func0.call(data, "status")) && (missing0 = "status"))
        return validate10.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, schema: schema11.required, parentSchema: schema11, data }], !1;
      {
        let _errs1 = errors;
        for (let key0 of Object.keys(data))
          if (key0 !== "status") {
            return validate10.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, schema: !1, parentSchema: schema11, data }], !1;
            break;
          }
        if (_errs1 === errors && data.status !== void 0 && func0.call(data, "status")) {
          let data0 = data.status;
          if (typeof data0 != "string")
            return validate10.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/type", keyword: "type", params: { type: "string" }, schema: schema11.properties.status.type, parentSchema: schema11.properties.status, data: data0 }], !1;
          if (!(data0 === "placed" || data0 === "shipped" || data0 === "cancelled"))
            return validate10.errors = [{ instancePath: instancePath + "/status", schemaPath: "#/properties/status/enum", keyword: "enum", params: { allowedValues: schema11.properties.status.enum }, schema: schema11.properties.status.enum, parentSchema: schema11.properties.status, data: data0 }], !1;
        }
      }
    } else
      return validate10.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, schema: schema11.type, parentSchema: schema11, data }], !1;
  return validate10.errors = vErrors, errors === 0;
}
export {
  validate
};
