using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Sessions;

/// <summary>Gives MVC the session, or a shape of it, loaded.</summary>
internal sealed class SessionModelBinder : IModelBinder
{
    public async Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var context = bindingContext.HttpContext;
        var session = context.GetSession();
        await session.LoadAsync(context.RequestAborted);
        var type = bindingContext.ModelType;
        var model = type == typeof(Session) ? session : context.RequestServices.GetService(type) ?? throw new InvalidOperationException(
            $"[FromSession] cannot bind {type}: it is not a registered shape. Call AddTypedSessions().AddSessionShapes().");

        // Validation would read every property of the shape, and so every key.
        bindingContext.ValidationState.Add(model, new ValidationStateEntry { SuppressValidation = true });
        bindingContext.Result = ModelBindingResult.Success(model);
    }
}
