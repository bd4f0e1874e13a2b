import type { ReactNode } from 'react';
import { orderNames, sendingText as text } from '../text/sending.ts';
import { ChoiceMenu } from './choice-menu.tsx';
import { SENDING_ORDERS, type SendingOrder } from '#shared/sending.ts';

const ORDERS = SENDING_ORDERS.map((value) => ({ value, label: orderNames[value] }));

/** Chooses the order in which photos leave. */
export function OrderMenu(props: {
  readonly order: SendingOrder;
  readonly onChange: (order: SendingOrder) => void;
}): ReactNode {
  return <ChoiceMenu label={text.order} value={props.order} options={ORDERS} onChange={props.onChange} />;
}
