/**
 * By how much values grow from step to step: the slope of the line that lies nearest to them (least squares). NaN
 * values do not count; NaN of fewer than two.
 */
export function slopeOf(values: Float64Array): number {
  let count = 0;
  let sumX = 0;
  let sumY = 0;
  for (const [index, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    count += 1;
    sumX += index;
    sumY += value;
  }
  const meanX = sumX / count;
  const meanY = sumY / count;
  let products = 0;
  let squares = 0;
  for (const [index, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    products += (index - meanX) * (value - meanY);
    squares += (index - meanX) ** 2;
  }
  return count < 2 ? NaN : products / squares;
}
