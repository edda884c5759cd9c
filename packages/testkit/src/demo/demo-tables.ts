import { generateContacts, type DemoContact } from './generate-contacts.ts';
import { generateCustomers, type DemoCustomer } from './generate-customers.ts';
import { generateEvents, type DemoEvent } from './generate-events.ts';
import type { DemoOrder } from './demo-order.ts';
import { generateOrders } from './generate-orders.ts';
import { generateProducts, type DemoProduct } from './generate-products.ts';
import { copyText, type CopyValue } from './copy-text.ts';

/** The rows of one table in the text format of COPY. */
export interface DemoTable {
  readonly name: string;
  /** Columns in the order of the values. */
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** The rows, some thousand at a time. */
  chunks(): Iterable<string>;
}

const rowsPerChunk = 2_000;

/**
 * Makes all demo data, in the order in which foreign keys want it. The same bytes on every host, and with every call
 * (05 T-70).
 */
export function generateDemoTables(): readonly DemoTable[] {
  const customers = generateCustomers();
  const products = generateProducts();
  const orders = generateOrders(customers, products);
  const lines = orders.flatMap((order, index) => order.lines.map((line) => ({ ...line, orderId: index + 1 })));
  return [
    toTable('customers', customerColumns, { items: customers, toRow: customerRow }),
    toTable('customer_contacts', contactColumns, { items: generateContacts(customers), toRow: contactRow }),
    toTable('products', productColumns, { items: products, toRow: productRow }),
    toTable('orders', orderColumns, { items: orders, toRow: orderRow }),
    toTable('order_items', itemColumns, { items: lines, toRow: itemRow }),
    toTable('events', eventColumns, { items: generateEvents(orders), toRow: eventRow }),
  ];
}

const customerColumns = ['id', 'name', 'country', 'region', 'postal_code', 'segment', 'signed_up_at'] as const;

function customerRow(customer: DemoCustomer): readonly CopyValue[] {
  const { id, name, country, region, postalCode, segment, signedUpAtSeconds } = customer;
  return [id, name, country, region, postalCode, segment, timestamp(signedUpAtSeconds)];
}

const contactColumns = ['customer_id', 'email', 'phone', 'accepts_mail'] as const;

function contactRow({ customerId, email, phone, acceptsMail }: DemoContact): readonly CopyValue[] {
  return [customerId, email, phone, acceptsMail];
}

const productColumns = ['id', 'sku', 'name', 'description', 'category', 'price_cents', 'stock', 'added_at'] as const;

function productRow(product: DemoProduct): readonly CopyValue[] {
  const { id, sku, name, description, category, priceCents, stock, addedAtSeconds } = product;
  return [id, sku, name, description, category, priceCents, stock, timestamp(addedAtSeconds)];
}

const orderColumns = ['id', 'customer_id', 'status', 'payment_method', 'total_cents', 'placed_at'] as const;

function orderRow(order: DemoOrder, index: number): readonly CopyValue[] {
  const { customer, status, paymentMethod, totalCents, placedAtSeconds } = order;
  return [index + 1, customer.id, status, paymentMethod, totalCents, timestamp(placedAtSeconds)];
}

const itemColumns = ['id', 'order_id', 'product_id', 'quantity', 'unit_price_cents', 'returned_quantity'] as const;

type OrderItem = DemoOrder['lines'][number] & { readonly orderId: number };

function itemRow(
  { orderId, productId, quantity, unitPriceCents, returnedQuantity }: OrderItem,
  index: number,
): readonly CopyValue[] {
  return [index + 1, orderId, productId, quantity, unitPriceCents, returnedQuantity];
}

const eventColumns = ['id', 'customer_id', 'kind', 'payload', 'occurred_at'] as const;

function eventRow({ customerId, kind, payload, occurredAtSeconds }: DemoEvent, index: number): readonly CopyValue[] {
  return [index + 1, customerId, kind, JSON.stringify(payload), timestamp(occurredAtSeconds)];
}

function timestamp(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}

interface TableRows<Item> {
  readonly items: readonly Item[];
  readonly toRow: (item: Item, index: number) => readonly CopyValue[];
}

/** Rows become text chunk by chunk, so that the whole table never lies in memory twice. */
function toTable<Item>(name: string, columns: readonly string[], { items, toRow }: TableRows<Item>): DemoTable {
  return {
    name,
    columns,
    rowCount: items.length,
    *chunks() {
      for (let start = 0; start < items.length; start += rowsPerChunk) {
        const chunk = items.slice(start, start + rowsPerChunk);
        yield chunk.map((item, offset) => copyText(toRow(item, start + offset))).join('');
      }
    },
  };
}
