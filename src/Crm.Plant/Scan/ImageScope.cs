using Crm.Plant.Expressions;
using Crm.Plant.Tags;

namespace Crm.Plant.Scan;

/// <summary>What rig expressions look at: the image and nothing else; a named value is never known here.</summary>
internal sealed class ImageScope : IExpressionScope
{
    public Image Image { get; set; } = new(0, TimeSpan.Zero, []);

    public Reading Named(int slot) => Reading.Never;
}
