using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Sessions;

/// <summary>
/// Binds a handler's or action's parameter, or a bound property, of a shape's type or of type <see cref="Session"/>, loaded
/// asynchronously. For MVC and Razor Pages; minimal APIs bind shapes by their type, and <c>.RequireSession()</c> loads for the rest.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class FromSessionAttribute : ModelBinderAttribute
{
    /// <summary>Makes the attribute.</summary>
    public FromSessionAttribute()
    {
        BinderType = typeof(SessionModelBinder);
        BindingSource = BindingSource.Special;
    }
}
