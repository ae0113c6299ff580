/** The only file that loads ECharts, and only the parts that the charts use. Imported lazily. */
import { LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([LineChart, GraphicComponent, GridComponent, MarkAreaComponent, MarkLineComponent, CanvasRenderer, SVGRenderer]);

export { init };
