/** Above a chart of one series: what it is, and the value that is read. */
import classes from "./dashboard.module.css";

export interface ReadoutProps {
  readonly title: string;
  readonly value: string;
  readonly unit: string;
}

export function Readout({ title, value, unit }: ReadoutProps) {
  return (
    <>
      <span className={classes.legendTitle}>{title}</span>
      <div className={classes.readout}>
        <span>
          <strong>{value}</strong> {unit}
        </span>
      </div>
    </>
  );
}
