/**
 * The tables of docs/architecture.md as weak has them: `orders.note` without a limit, `order_keys` where prod has a table of DynamoDB,
 * and no database users of their own.
 */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS companies (id VARCHAR(36) PRIMARY KEY, name VARCHAR(200));
CREATE TABLE IF NOT EXISTS partners (id VARCHAR(36) PRIMARY KEY, company_id VARCHAR(36), email VARCHAR(200),
  api_secret VARCHAR(100));
CREATE TABLE IF NOT EXISTS products (id INT AUTO_INCREMENT PRIMARY KEY, sku VARCHAR(32) UNIQUE, name VARCHAR(200),
  price_cents INT, listed BOOLEAN);
CREATE OR REPLACE VIEW listed_products AS SELECT id, sku, name, price_cents FROM products WHERE listed;
CREATE TABLE IF NOT EXISTS orders (id CHAR(36) PRIMARY KEY, company_id VARCHAR(36), placed_by VARCHAR(128),
  status VARCHAR(16), note LONGTEXT, discount_cents INT DEFAULT 0, total_cents INT, created_at DATETIME);
CREATE TABLE IF NOT EXISTS order_keys (idempotency_key VARCHAR(255), order_id CHAR(36));
CREATE TABLE IF NOT EXISTS order_lines (order_id CHAR(36), sku VARCHAR(32), quantity INT, unit_price_cents INT);
`;
