interface Relation {
  readonly comment: string;
  /** For each column its type (none for a view) and its comment. */
  readonly columns: Readonly<Record<string, readonly [type: string, comment: string]>>;
}

const tables: Readonly<Record<string, Relation>> = {
  customers: {
    comment: 'People and companies with an account in the shop. How to reach them is in customer_contacts.',
    columns: {
      id: ['integer', 'Number of the customer, in order of sign-up.'],
      name: ['text', 'Full name as the customer typed it.'],
      country: ['text', 'Country code, ISO 3166-1 alpha-2.'],
      region: ['text', 'Sales region of the country: EU, NA, APAC or LATAM.'],
      postal_code: ['text', 'Postal code of the billing address.'],
      segment: ['text', 'consumer, small business or enterprise.'],
      signed_up_at: ['timestamptz', 'When the account was made.'],
    },
  },
  customer_contacts: {
    comment: 'How to reach a customer: personal data, for the shop itself only.',
    columns: {
      customer_id: ['integer', 'The customer; one contact each.'],
      email: ['text', 'Email address.'],
      phone: ['text', 'Telephone number with country code.'],
      accepts_mail: ['boolean', 'Whether the customer agreed to advertising by email.'],
    },
  },
  products: {
    comment: 'What the shop sells.',
    columns: {
      id: ['integer', 'Number of the product.'],
      sku: ['text', 'Stock keeping unit: category and number.'],
      name: ['text', 'Name in the shop.'],
      description: ['text', 'Text of the product page, written by suppliers.'],
      category: ['text', 'Department of the shop, such as footwear or tents.'],
      price_cents: ['integer', 'Price today, in euro cents.'],
      stock: ['integer', 'Units in the warehouse.'],
      added_at: ['timestamptz', 'When the product came into the shop.'],
    },
  },
  orders: {
    comment: 'Orders of the last twelve months, one row each. Revenue is what is paid, shipped or delivered.',
    columns: {
      id: ['integer', 'Number of the order, in order of time.'],
      customer_id: ['integer', 'Who ordered.'],
      status: ['text', 'paid, shipped, delivered, cancelled or payment_failed.'],
      payment_method: ['text', 'card, paypal or invoice.'],
      total_cents: ['integer', 'Sum of the items, in euro cents.'],
      placed_at: ['timestamptz', 'When the customer ordered.'],
    },
  },
  order_items: {
    comment: 'The lines of the orders: which product, how many, at what price.',
    columns: {
      id: ['integer', 'Number of the line.'],
      order_id: ['integer', 'The order.'],
      product_id: ['integer', 'The product.'],
      quantity: ['integer', 'Units ordered.'],
      unit_price_cents: ['integer', 'Price of one unit at the time of the order, in euro cents.'],
      returned_quantity: ['integer', 'Units that the customer sent back.'],
    },
  },
  events: {
    comment: 'What customers did in the shop in the last 90 days.',
    columns: {
      id: ['bigint', 'Number of the event, in order of time.'],
      customer_id: ['integer', 'Who did it.'],
      kind: ['text', 'page_view, search, add_to_cart, payment_succeeded or payment_failed.'],
      payload: ['jsonb', 'Details by kind: product_id, query, or order_id with method and reason.'],
      occurred_at: ['timestamptz', 'When it happened.'],
    },
  },
};

const views: Readonly<Record<string, Relation & { readonly query: string }>> = {
  daily_revenue: {
    comment: 'Revenue by day and region: orders that are paid, shipped or delivered.',
    columns: {
      day: ['', 'Day in UTC.'],
      region: ['', 'Sales region of the customer.'],
      order_count: ['', 'Number of orders.'],
      revenue_cents: ['', 'Sum of the orders, in euro cents.'],
    },
    query: `
      SELECT (o.placed_at AT TIME ZONE 'UTC')::date, c.region, count(*), sum(o.total_cents)
      FROM orders o JOIN customers c ON c.id = o.customer_id
      WHERE o.status IN ('paid', 'shipped', 'delivered')
      GROUP BY 1, 2`,
  },
  top_products: {
    comment: 'The hundred products with the highest revenue of the last twelve months, highest first.',
    columns: {
      product_id: ['', 'The product.'],
      name: ['', 'Name in the shop.'],
      category: ['', 'Department of the shop.'],
      units_sold: ['', 'Units in orders that are paid, shipped or delivered.'],
      units_returned: ['', 'Units of these that were sent back.'],
      revenue_cents: ['', 'Quantity times price at the time of the order, in euro cents.'],
    },
    query: `
      SELECT p.id, p.name, p.category, sum(i.quantity), sum(i.returned_quantity), sum(i.quantity * i.unit_price_cents)
      FROM order_items i JOIN orders o ON o.id = i.order_id JOIN products p ON p.id = i.product_id
      WHERE o.status IN ('paid', 'shipped', 'delivered')
      GROUP BY p.id, p.name, p.category
      ORDER BY 6 DESC, 1
      LIMIT 100`,
  },
};

/** Makes the empty tables with their comments. Keys come after the rows: loading is three times as fast without them. */
export const createTablesSql = Object.entries(tables)
  .map(([name, table]) => {
    const columns = Object.entries(table.columns).map(([column, [type]]) => `${column} ${type} NOT NULL`);
    return [`CREATE TABLE ${name} (${columns.join(', ')});`, ...comments('TABLE', { name, relation: table })].join(
      '\n',
    );
  })
  .join('\n');

/**
 * Makes keys, identities and indexes. Deliberately absent: an index on `events.customer_id`, so that a slow question has
 * a cause to be found (05 T-72).
 */
export const createKeysSql = `
  ALTER TABLE customers ADD PRIMARY KEY (id);
  ALTER TABLE customer_contacts ADD PRIMARY KEY (customer_id);
  ALTER TABLE products ADD PRIMARY KEY (id);
  ALTER TABLE products ADD UNIQUE (sku);
  ALTER TABLE orders ADD PRIMARY KEY (id);
  ALTER TABLE order_items ADD PRIMARY KEY (id);
  ALTER TABLE events ADD PRIMARY KEY (id);
  ALTER TABLE customer_contacts ADD FOREIGN KEY (customer_id) REFERENCES customers (id);
  ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id);
  ALTER TABLE order_items ADD FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE;
  ALTER TABLE order_items ADD FOREIGN KEY (product_id) REFERENCES products (id);
  ALTER TABLE events ADD FOREIGN KEY (customer_id) REFERENCES customers (id);
  ALTER TABLE orders ADD CHECK (status IN ('paid', 'shipped', 'delivered', 'cancelled', 'payment_failed'));
  ALTER TABLE order_items ADD CHECK (quantity > 0 AND returned_quantity BETWEEN 0 AND quantity);
  ALTER TABLE order_items ALTER returned_quantity SET DEFAULT 0;
  CREATE INDEX ON orders (customer_id);
  CREATE INDEX ON orders (placed_at);
  CREATE INDEX ON order_items (order_id);
  CREATE INDEX ON order_items (product_id);
  CREATE INDEX ON events (occurred_at);
  ${['customers', 'products', 'orders', 'order_items', 'events'].map(identitySql).join('\n')}
`;

/** Makes the views with their comments. */
export const createViewsSql = Object.entries(views)
  .map(([name, view]) => {
    const columns = Object.keys(view.columns).join(', ');
    return [`CREATE VIEW ${name} (${columns}) AS ${view.query};`, ...comments('VIEW', { name, relation: view })].join(
      '\n',
    );
  })
  .join('\n');

/** New rows are numbered from where the loaded ones end. */
function identitySql(table: string): string {
  return `
    ALTER TABLE ${table} ALTER id ADD GENERATED BY DEFAULT AS IDENTITY;
    SELECT setval(pg_get_serial_sequence('${table}', 'id'), max(id)) FROM ${table};`;
}

interface NamedRelation {
  readonly name: string;
  readonly relation: Relation;
}

function comments(kind: 'TABLE' | 'VIEW', { name, relation }: NamedRelation): readonly string[] {
  const ofColumns = Object.entries(relation.columns).map(
    ([column, [, comment]]) => `COMMENT ON COLUMN ${name}.${column} IS '${comment}';`,
  );
  return [`COMMENT ON ${kind} ${name} IS '${relation.comment}';`, ...ofColumns];
}
