/** Chooses the time that the charts show. */
import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { RANGES, type Range } from "./range";
import classes from "./story.module.css";

export interface RangeSwitchProps {
  readonly range: Range;
  readonly onRange: (range: Range) => void;
}

export function RangeSwitch({ range, onRange }: RangeSwitchProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.range}>
      <SegmentedControl
        aria-label={t("story.range")}
        value={range}
        onChange={(value) => {
          const chosen = RANGES.find((each) => each === value);
          if (chosen) onRange(chosen);
        }}
        data={RANGES.map((value) => ({ value, label: t(`story.ranges.${value}`) }))}
      />
    </div>
  );
}
