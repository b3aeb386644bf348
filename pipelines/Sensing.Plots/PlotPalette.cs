using ScottPlot;

namespace Sensing.Plots;

/// <summary>Colours that people with any colour vision can tell apart: Okabe and Ito, Color Universal Design (2008).</summary>
public static class PlotPalette
{
    public static readonly Color Ink = Color.FromHex("#1F2933");
    public static readonly Color Grid = Color.FromHex("#E4E7EB");

    private static readonly Color[] Colours =
    [
        Color.FromHex("#0072B2"), Color.FromHex("#E69F00"), Color.FromHex("#009E73"), Color.FromHex("#CC79A7"),
        Color.FromHex("#56B4E9"), Color.FromHex("#D55E00"), Color.FromHex("#7F7F7F"), Color.FromHex("#B8A90A"),
    ];

    private static readonly MarkerShape[] Markers =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
        MarkerShape.OpenCircle, MarkerShape.OpenSquare, MarkerShape.OpenTriangleUp, MarkerShape.OpenDiamond,
    ];

    public static Color Colour(int index) => Colours[index % Colours.Length];

    public static MarkerShape Marker(int index) => Markers[index % Markers.Length];
}
