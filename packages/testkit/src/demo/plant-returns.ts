import { returnedProductId } from './demo-numbers.ts';
import type { DemoOrder, DemoOrderLine } from './demo-order.ts';
import { isRevenue } from './is-revenue.ts';

const returnsPercent = 14;

/** Makes 14 % of the sold units of product 417 returned. Only what was delivered comes back, evenly over the year. */
export function plantReturns(orders: readonly DemoOrder[]): readonly DemoOrder[] {
  const returnedUnits = Math.round((unitsSold(orders.filter(isRevenue)) * returnsPercent) / 100);
  const deliveredUnits = unitsSold(orders.filter(isDelivered));
  let delivered = 0;
  let returned = 0;
  const replant = (line: DemoOrderLine): DemoOrderLine => {
    if (line.productId !== returnedProductId) return line;
    delivered += line.quantity;
    const returnedQuantity = Math.floor((delivered * returnedUnits) / deliveredUnits) - returned;
    returned += returnedQuantity;
    return { ...line, returnedQuantity };
  };
  return orders.map((order) => (isDelivered(order) ? { ...order, lines: order.lines.map(replant) } : order));
}

function isDelivered({ status }: DemoOrder): boolean {
  return status === 'delivered';
}

function unitsSold(orders: readonly DemoOrder[]): number {
  return orders
    .flatMap((order) => order.lines)
    .filter((line) => line.productId === returnedProductId)
    .reduce((sum, line) => sum + line.quantity, 0);
}
