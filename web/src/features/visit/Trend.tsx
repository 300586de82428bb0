// A small line of one number over time against its reference band, with the numbers as a table.
import { formatDate, formatValue } from '@/platform/format'
import { m } from '@/platform/i18n'

const kWidth = 280
const kHeight = 56

export function Trend({ name, points, band }: { name: string; points: [string, number][]; band: [number, number] | null }) {
  const values = points.map(([, value]) => value)
  const low = Math.min(...values, band?.[0] ?? Number.POSITIVE_INFINITY)
  const high = Math.max(...values, band?.[1] ?? Number.NEGATIVE_INFINITY)
  const span = high - low || 1
  const x = (i: number) => 6 + (i * (kWidth - 12)) / Math.max(1, points.length - 1)
  const y = (value: number) => kHeight - 6 - ((value - low) * (kHeight - 12)) / span
  const line = points.map(([, value], i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  const last = points.at(-1)
  return (
    <figure className="v-trend">
      <figcaption className="t-row between t-small">
        <span className="t-muted">{name}</span>
        <b className="num">{formatValue(last?.[1])}</b>
      </figcaption>
      <svg viewBox={`0 0 ${kWidth} ${kHeight}`} role="img" aria-label={`${name}: ${values.map(formatValue).join(', ')}`}>
        {band && <rect x={0} width={kWidth} y={y(band[1])} height={Math.max(1, y(band[0]) - y(band[1]))} className="band" />}
        <polyline points={line} className="line" />
        {points.map(([at, value], i) => (
          <circle key={at} cx={x(i)} cy={y(value)} r={i === points.length - 1 ? 4 : 2.5} className="dot">
            <title>{`${formatDate(at)}: ${formatValue(value)}`}</title>
          </circle>
        ))}
      </svg>
      <details>
        <summary className="t-small t-muted">{m.platform_table_of({ name })}</summary>
        <table className="t-table num">
          <tbody>
            {points.map(([at, value]) => (
              <tr key={at}>
                <td>{formatDate(at)}</td>
                <td className="n">{formatValue(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
