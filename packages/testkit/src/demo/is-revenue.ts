import type { DemoOrder } from './demo-order.ts';

/** Whether an order counts as revenue: neither cancelled nor unpaid. The view `daily_revenue` decides the same. */
export function isRevenue({ status }: Pick<DemoOrder, 'status'>): boolean {
  return status === 'paid' || status === 'shipped' || status === 'delivered';
}
